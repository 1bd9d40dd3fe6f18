"""Reading: a module per source format, each giving a Reading."""
