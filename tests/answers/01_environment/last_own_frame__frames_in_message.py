# exercise: last_own_frame
# expect: wrong
# meant: goes on collecting frames in the message after the error line
# about: message|after (the|that) (error )?line|error line|goes on|left out|belongs? to
def last_own_frame(text, root):
    lines = text.split("\n")
    for i in range(len(lines) - 1, -1, -1):
        if lines[i] == "Traceback (most recent call last):":
            lines = lines[i + 1:]
            break
    error = next(line for line in lines if line and not line[0].isspace())
    file = number = None
    for line in lines:
        found = re.match(r'  File "(.*)", line (\d+), in', line)
        if found and found[1].startswith(root + "/"):
            if "site-packages" not in found[1].split("/")[:-1]:
                file, number = found[1], int(found[2])
    return {"file": file, "line": number, "error": error}
