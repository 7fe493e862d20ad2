"""What people read of a submission in a browser: feedback, and Formgrader's page for grading by hand."""
