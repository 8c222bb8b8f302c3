package io.campanile.application.secret.port;

/// By what a secret key is told from another of the same id.
///
/// @param proof the same for the same key always; says nothing about it
public record KeyProof(String keyId, String proof) {}
