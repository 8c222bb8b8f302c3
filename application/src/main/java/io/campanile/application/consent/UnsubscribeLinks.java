package io.campanile.application.consent;

import io.campanile.application.channel.port.SecretSealer;
import io.campanile.application.content.port.RenderingFailed;
import io.campanile.domain.channel.Channel;
import io.campanile.domain.channel.SealedSecret;
import io.campanile.domain.eligibility.Occasion;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.workspace.WorkspaceId;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// Makes unsubscribe links and reads their tokens. A token never expires and needs nothing that is
/// stored: it holds who got what, sealed, so that nobody can read or forge it. Old keys open what
/// they sealed. Thread-safe.
public final class UnsubscribeLinks {
    /// Tells tokens from whatever else is sealed.
    private static final String KIND = "unsubscribe/1";

    /// In no part of a token: names and identities have no control characters.
    private static final String SEPARATOR = "\n";

    private static final int PARTS = 6;

    private final SecretSealer sealer;

    public UnsubscribeLinks(SecretSealer sealer) {
        this.sealer = sealer;
    }

    /// The link in one message; empty where the occasion has none.
    ///
    /// @param url the customer's page, to which the token is added as the parameter `token`
    /// @throws RenderingFailed when there must be a link and there is no page
    public String link(String url, Occasion occasion, Identity identity) {
        if (!occasion.hasUnsubscribeLink()) {
            return "";
        }
        if (url.isEmpty()) {
            throw new RenderingFailed("the channel configuration has no unsubscribe URL");
        }
        return url + (url.indexOf('?') < 0 ? "?" : "&") + "token=" + token(occasion, identity);
    }

    private String token(Occasion occasion, Identity identity) {
        SealedSecret sealed =
                sealer.seal(
                        String.join(
                                SEPARATOR,
                                KIND,
                                occasion.workspace().value(),
                                occasion.channel().name(),
                                occasion.topic(),
                                identity.namespace(),
                                identity.value()));
        byte[] keyId = sealed.keyId().getBytes(StandardCharsets.UTF_8);
        ByteBuffer token =
                ByteBuffer.allocate(1 + keyId.length + sealed.bytes().length)
                        .put((byte) keyId.length)
                        .put(keyId)
                        .put(sealed.bytes());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token.array());
    }

    /// What a token says, or nothing when it was not made here or its key is gone.
    public Optional<UnsubscribeClaim> open(String token) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(token));
            byte[] keyId = new byte[Byte.toUnsignedInt(bytes.get())];
            bytes.get(keyId);
            byte[] sealed = new byte[bytes.remaining()];
            bytes.get(sealed);
            String keyName = new String(keyId, StandardCharsets.UTF_8);
            return claim(sealer.open(new SealedSecret(keyName, sealed)));
        } catch (IllegalArgumentException | BufferUnderflowException _) {
            // Not base64, too short, or sealed by nobody here: whoever made it up learns no more.
            return Optional.empty();
        }
    }

    private static Optional<UnsubscribeClaim> claim(String text) {
        List<String> parts = List.of(text.split(SEPARATOR, -1));
        return parts.size() == PARTS && parts.getFirst().equals(KIND)
                ? Optional.of(
                        new UnsubscribeClaim(
                                new WorkspaceId(parts.get(1)),
                                Channel.valueOf(parts.get(2)),
                                parts.get(3),
                                new Identity(parts.get(4), parts.get(5)).comparable()))
                : Optional.empty();
    }
}
