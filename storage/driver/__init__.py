"""Below SQLAlchemy: how a prepared statement travels to each database, and what a driver's errors mean."""
