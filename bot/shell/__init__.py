"""What the administrator asks at the shell: `python -m bot check`, `import`, `backup`, `restore`, `consent`, `health`, `day`."""
