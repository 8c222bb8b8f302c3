package io.campanile.application.content.port;

/// Payloads as the bytes that are stored and digested. Thread-safe.
public interface PayloadCodec {
    /// A payload as UTF-8 JSON, members sorted and no white space, in two spellings.
    ///
    /// @param stored with decimals as their caller wrote them: 19.90 is printed as 19.90
    /// @param canonical after RFC 8785, but that integers and decimals keep all their digits: equal
    ///   payloads give equal bytes. The same array where nothing is spelled otherwise
    record Encoded(byte[] stored, byte[] canonical) {}

    /// The payload in both spellings.
    Encoded encode(Payload payload);

    /// The payload that was encoded; numbers may come back in another type of the same value and
    /// the same spelling.
    ///
    /// @param stored as [Encoded#stored]
    /// @throws IllegalArgumentException when the bytes are not what [#encode] made
    Payload decode(byte[] stored);
}
