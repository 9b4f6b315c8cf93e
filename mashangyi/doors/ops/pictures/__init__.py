"""Pictures of the designed pages, taken from a told town: `mashangyi shots`."""
