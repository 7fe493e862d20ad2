# exercise: last_own_frame
# expect: right
# meant: one pass with a state: inside the frames of a part, or outside; a header begins anew
class TracebackReader:
    def __init__(self, root):
        self.folder = root + "/"
        self.reading = False
        self.report = dict(file=None, line=None, error=None)

    def own(self, path):
        *folders, _ = path.split("/")
        return path.startswith(self.folder) and folders.count("site-packages") == 0

    def feed(self, line):
        if line == "Traceback (most recent call last):":
            self.reading = True
            self.report = dict(file=None, line=None, error=None)
        elif not self.reading or line == "":
            pass
        elif line[:1] != " ":
            self.report["error"] = line
            self.reading = False
        elif line.startswith('  File "') and '", line ' in line:
            path, rest = line[len('  File "'):].rsplit('", line ', 1)
            number, separator, _ = rest.partition(", in ")
            if separator and self.own(path):
                self.report.update(file=path, line=int(number))


def last_own_frame(text, root):
    reader = TracebackReader(root)
    for line in text.split("\n"):
        reader.feed(line)
    return reader.report
