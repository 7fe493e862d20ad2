# exercise: merge_pair
# expect: wrong
# meant: merges the first occurrence and returns
# about: wherever|only (the )?first|every (occurrence|place|one)|all (occurrences|places)|everywhere|each (occurrence|place)|later (ones|occurrences)|second occurrence|more than once
def merge_pair(tokens: list[int], pair: tuple[int, int], new_token: int) -> list[int]:
    for i in range(len(tokens) - 1):
        if (tokens[i], tokens[i + 1]) == pair:
            return tokens[:i] + [new_token] + tokens[i + 2 :]
    return list(tokens)
