# exercise: ClassifyRequest
# expect: wrong
# meant: ' '.join(text.split()) changes the white space inside a text as well
# about: inside|inner|within|middle|split\(|join|collaps|between (the )?words
class ClassifyRequest(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    texts: list[str] = Field(min_length=1, max_length=MAX_TEXTS)

    @field_validator("texts")
    @classmethod
    def remove_white_space(cls, texts):
        result = []
        for t in texts:
            t = " ".join(t.split())
            if len(t) == 0 or len(t) > MAX_CHARACTERS:
                raise ValueError("text has a wrong length")
            result.append(t)
        return result
