"""The formats: a file for each way of writing a report down."""
