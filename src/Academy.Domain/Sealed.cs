namespace Academy.Domain;

/// <summary>
/// Personal data as it stands in an event: enciphered with a key of the person it is about. Without the key, which goes when the
/// person is erased, nobody can read it any more.
/// </summary>
/// <param name="Cipher">Base64.</param>
public readonly record struct Sealed(string Cipher);
