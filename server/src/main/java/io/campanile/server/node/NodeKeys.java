package io.campanile.server.node;

import io.campanile.application.consent.Pseudonyms;
import io.campanile.application.consent.TokenKey;
import io.campanile.application.secret.LoadKeys;
import io.campanile.application.secret.RequestDigests;
import io.campanile.application.secret.RootKey;
import io.campanile.application.secret.port.SecretPurpose;
import io.campanile.channels.secret.SecretBox;

import java.security.SecureRandom;

/// The keys of an installation.
///
/// @param sealer closes what may not lie open in the database
/// @param pseudonyms under which those who are forgotten are still spared
/// @param tokens signs the links that people get
/// @param digests of requests, as they are stored
record NodeKeys(SecretBox sealer, Pseudonyms pseudonyms, TokenKey tokens, RequestDigests digests) {
    /// As the database keeps them, closed by `sealer`.
    static NodeKeys load(StorePorts store, SecretBox sealer, SecureRandom random) {
        var keys = new LoadKeys(store.keptKeys(), sealer, random);
        byte[] tokenKey = keys.load(SecretPurpose.TOKEN_KEY);
        return new NodeKeys(
                sealer,
                new Pseudonyms(keys.load(SecretPurpose.PSEUDONYM_KEY)),
                new TokenKey(tokenKey, random),
                new RequestDigests(new RootKey(tokenKey)));
    }
}
