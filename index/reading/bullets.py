"""The signs that pages print before the points of a list, as they stand within a pattern's brackets."""

from __future__ import annotations

SIGNS = "•‣⁃▪▫■□●○◦◆◇▶►▸▹"
