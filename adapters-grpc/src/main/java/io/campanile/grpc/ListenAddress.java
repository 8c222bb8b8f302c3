package io.campanile.grpc;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.time.Duration;

/// Where and how the server listens.
///
/// @param host the address to listen on
/// @param port 0 picks one
/// @param tls absent for plaintext
/// @param maxConnectionAge connections are asked to come again after it, so that load spreads over
///   nodes that came later; running calls go on
public record ListenAddress(String host, int port, @Nullable Tls tls, Duration maxConnectionAge) {

    /// The server's certificate, and whose clients it trusts.
    ///
    /// @param certificates PEM file, the server's own first
    /// @param privateKey PEM file, PKCS#8
    /// @param clientAuthorities PEM file of the authorities that sign clients, who then must show a
    ///   certificate; absent when clients need none
    public record Tls(Path certificates, Path privateKey, @Nullable Path clientAuthorities) {}
}
