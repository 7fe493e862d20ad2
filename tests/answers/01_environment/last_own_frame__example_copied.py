# exercise: last_own_frame
# expect: wrong
# meant: the example of the docstring
# about: example|hard.?coded|docstring|copied|fixed|other traceback
def last_own_frame(text, root):
    return {"file": root + "/model.py", "line": 18, "error": "IndexError: index out of range"}
