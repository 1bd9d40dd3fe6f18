"""How the learned parts are made: data, training, model cards. Not shipped."""
