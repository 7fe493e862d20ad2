# exercise: ClassifyRequest
# expect: right
# meant: conlist and constr with strict=True in place of annotations
from pydantic import conlist, constr


class ClassifyRequest(BaseModel, extra="forbid"):
    texts: conlist(
        constr(strip_whitespace=True, min_length=1, max_length=MAX_CHARACTERS, strict=True),
        min_length=1,
        max_length=MAX_TEXTS,
    ) = Field(strict=True)
