package io.campanile.application.consent;

import io.campanile.application.secret.KeyedHash;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.workspace.WorkspaceId;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import javax.crypto.spec.SecretKeySpec;

/// Names by which the addresses and identities of erased people are recognised and which tell
/// nobody who they were: a keyed hash (HMAC, RFC 2104, with SHA-256) under a domain that no mail
/// goes to (RFC 2606). They differ between workspaces. Thread-safe.
public final class Pseudonyms {
    /// What all of them end with.
    public static final String DOMAIN = "@erased.invalid";

    private final KeyedHash hash;

    /// Pseudonyms under the store's key for them.
    public Pseudonyms(byte[] key) {
        this.hash = new KeyedHash(new SecretKeySpec(key, KeyedHash.ALGORITHM));
    }

    /// The name of an address; the same for every spelling of it.
    public EmailAddress of(WorkspaceId workspace, EmailAddress address) {
        return of(workspace.value() + ' ' + address.comparable());
    }

    /// The name of an identity, for people without an address.
    ///
    /// @param identity in the form keys are compared in
    public EmailAddress of(WorkspaceId workspace, Identity identity) {
        return of(workspace.value() + '\n' + identity.namespace() + '\n' + identity.value());
    }

    private EmailAddress of(String text) {
        byte[] name = hash.of(text.getBytes(StandardCharsets.UTF_8));
        return new EmailAddress(HexFormat.of().formatHex(name) + DOMAIN);
    }
}
