package io.campanile.application.content.port;

/// Payloads as the bytes that are stored and digested. Thread-safe.
public interface PayloadCodec {
    /// UTF-8 JSON in a canonical form after RFC 8785: members sorted, no white space; equal
    /// payloads give equal bytes. Unlike RFC 8785, integers and decimals keep all their digits.
    byte[] encode(Payload payload);

    /// The payload that was encoded; numbers may come back in another type of the same value.
    ///
    /// @throws IllegalArgumentException when the bytes are not what [#encode] made
    Payload decode(byte[] bytes);
}
