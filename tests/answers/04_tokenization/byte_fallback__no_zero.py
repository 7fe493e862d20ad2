# exercise: byte_fallback
# expect: wrong
# meant: one digit only for bytes below 16, such as the newline
# about: zero in front|leading zero|two (hexadecimal )?digits|padded|below 16|less than 16|under 16|02X|single digit|one digit
def byte_fallback(text: str, vocab: set[str]) -> list[str]:
    result = []
    for character in text:
        if character in vocab:
            result.append(character)
        else:
            result.extend("<0x%X>" % byte for byte in character.encode())
    return result
