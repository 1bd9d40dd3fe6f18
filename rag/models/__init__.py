"""Weights made for Presstime, shipped with it."""
