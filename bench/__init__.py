"""The measurements: what the program costs in time and memory, beside the bare thing that it is built on."""
