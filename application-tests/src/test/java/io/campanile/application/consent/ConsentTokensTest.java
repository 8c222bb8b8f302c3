package io.campanile.application.consent;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.access.ChangeCall;
import io.campanile.domain.access.Actor;
import io.campanile.domain.channel.Channel;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.consent.ConsentLevel;
import io.campanile.domain.consent.ConsentRecord;
import io.campanile.domain.consent.ConsentState;
import io.campanile.domain.consent.Purpose;
import io.campanile.domain.eligibility.Occasion;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.secret.InMemoryKeptKeys;

import org.junit.jupiter.api.Test;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;

/// Tokens of unsubscribe links and of questions for consent.
class ConsentTokensTest {
    private static final Occasion NEWS =
            new Occasion(WorkspaceId.DEFAULT, Channel.EMAIL, Purpose.MARKETING, "news");
    private static final Identity ADA = new Identity("email", "ada@example.com");
    private static final byte[] KEY = new byte[32];

    private final ConsentWorld world = new ConsentWorld();
    private final UnsubscribeLinks links = new UnsubscribeLinks(world.tokenKey);

    private static String unsubscribe(UnsubscribeLinks links) {
        String link = links.link("https://example.com", NEWS, ADA);
        return link.substring(link.indexOf('=') + 1);
    }

    private static UnsubscribeLinks ofANodeWithTheKey(byte[] key) {
        return new UnsubscribeLinks(new TokenKey(key, new SecureRandom()));
    }

    private String question() {
        ConsentRecord asked =
                world.manage
                        .record(
                                WorkspaceId.DEFAULT,
                                new Person.ByAddress(new EmailAddress("ada@example.com")),
                                new Said(
                                        new ConsentLevel(Channel.EMAIL, Purpose.MARKETING, "news"),
                                        ConsentState.PENDING,
                                        "",
                                        ""),
                                ChangeCall.by(Actor.SYSTEM))
                        .orElseThrow();
        return world.confirmations.token(asked);
    }

    private ConfirmationResult confirmed(WorkspaceId workspace, String token) {
        return world.confirmations.confirm(workspace, token, "", ChangeCall.by(Actor.SYSTEM));
    }

    @Test
    void openOnEveryNodeAfterEveryStart() {
        String token = unsubscribe(ofANodeWithTheKey(KEY));

        assertThat(ofANodeWithTheKey(KEY).open(token))
                .contains(new UnsubscribeClaim(WorkspaceId.DEFAULT, Channel.EMAIL, "news", ADA));
    }

    @Test
    void areShortAndFitIntoUrls() {
        assertThat(unsubscribe(links)).matches("[\\w-]{1,100}");
        assertThat(question()).matches("[\\w-]{1,100}");
    }

    @Test
    void differEachTimeAndBeginWithTheNumberOfTheirKey() {
        assertThat(unsubscribe(links)).isNotEqualTo(unsubscribe(links));
        assertThat(bytes(unsubscribe(links))[0]).isEqualTo((byte) 1);
    }

    @Test
    void openForNobodyElse() {
        String token = unsubscribe(links);

        assertThat(new UnsubscribeLinks(InMemoryKeptKeys.tokenKey()).open(token)).isEmpty();
    }

    @Test
    void openNothingThatWasChangedOrCutOff() {
        byte[] token = bytes(unsubscribe(links));
        for (int place = 0; place < token.length; place++) {
            byte[] changed = token.clone();
            changed[place] ^= 2;
            assertThat(links.open(text(changed))).isEmpty();
            assertThat(links.open(text(Arrays.copyOf(token, place)))).isEmpty();
        }
        assertThat(links.open(text(Arrays.copyOf(token, token.length + 1)))).isEmpty();
    }

    @Test
    void openAsWhatTheyWereMadeForOnly() {
        assertThat(links.open(question())).isEmpty();
        assertThat(confirmed(WorkspaceId.DEFAULT, unsubscribe(links)))
                .isEqualTo(new ConfirmationResult.TokenUnknown());
    }

    @Test
    void answerNoQuestionOfAnotherWorkspace() {
        String token = question();

        assertThat(confirmed(new WorkspaceId("other"), token))
                .isEqualTo(new ConfirmationResult.TokenUnknown());
        assertThat(confirmed(WorkspaceId.DEFAULT, token))
                .isInstanceOf(ConfirmationResult.Granted.class);
    }

    private static byte[] bytes(String token) {
        return Base64.getUrlDecoder().decode(token);
    }

    private static String text(byte[] token) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }
}
