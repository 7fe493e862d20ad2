# exercise: last_own_frame
# expect: wrong
# meant: takes the last line of the text for the error, wrong for messages of several lines
# about: long message|several lines|multi|last line|goes on|first line|not indented|rest of
def last_own_frame(text, root):
    part = text.strip().split("Traceback (most recent call last):")[-1]
    lines = part.split("\n")
    result = {"file": None, "line": None, "error": lines[-1]}
    for line in lines:
        if line.startswith('  File "'):
            path = line.split('"')[1]
            number = int(line.split(", line ")[1].split(",")[0])
            if path.startswith(root + "/") and "/site-packages/" not in path:
                result["file"] = path
                result["line"] = number
    return result
