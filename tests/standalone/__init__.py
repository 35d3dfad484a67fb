"""Files that stand alone: run by Python with nothing installed, as the programs they came from."""
