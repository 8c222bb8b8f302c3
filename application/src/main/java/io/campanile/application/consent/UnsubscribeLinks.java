package io.campanile.application.consent;

import io.campanile.application.content.port.RenderingFailed;
import io.campanile.domain.channel.Channel;
import io.campanile.domain.eligibility.Occasion;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.workspace.WorkspaceId;

import java.util.List;
import java.util.Optional;

/// Makes unsubscribe links and reads their tokens, which hold who got what. Thread-safe.
public final class UnsubscribeLinks {
    private final SealedTokens tokens;

    public UnsubscribeLinks(TokenKey key) {
        this.tokens = key.tokens("unsubscribe/1", 5);
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
        return tokens.seal(
                occasion.workspace().value(),
                occasion.channel().name(),
                occasion.topic(),
                identity.namespace(),
                identity.value());
    }

    /// What a token says, or nothing when it was not made here.
    public Optional<UnsubscribeClaim> open(String token) {
        return tokens.open(token).map(UnsubscribeLinks::claim);
    }

    private static UnsubscribeClaim claim(List<String> texts) {
        return new UnsubscribeClaim(
                new WorkspaceId(texts.get(0)),
                Channel.valueOf(texts.get(1)),
                texts.get(2),
                new Identity(texts.get(3), texts.get(4)).comparable());
    }
}
