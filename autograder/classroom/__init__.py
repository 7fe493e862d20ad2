"""The instructor's loop on nbgrader as it is: release, collect, grade, feedback, export."""
