package io.campanile.server.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.campanile.testkit.smtp.ScriptedSmtpServer;
import io.campanile.testkit.smtp.SmtpServerOptions;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Unsubscribe links and questions for consent that were sent work on, whatever becomes of secret
/// keys: mails cannot be written anew.
class TokenKeyIT extends SecretKeysScene {
    private static final Pattern TOKEN_OF_LINK = Pattern.compile("\\?token=([\\w-]+)>");
    private static final Pattern TOKEN_OF_QUESTION =
            Pattern.compile("\"confirmationToken\": *\"([\\w-]+)\"");

    @Test
    void outlivesTheSecretKeysThatSealedIt() throws Exception {
        try (var relay = ScriptedSmtpServer.start(SmtpServerOptions.OPEN)) {
            String link;
            String question;
            try (Node node = start("one", keys(A, ""))) {
                newsGoLive(node, relay.port());
                consent(node, "ada@example.com", "STATE_GRANTED");
                question = consent(node, "eve@example.com", "STATE_PENDING");
                trigger(node, "news", "letter", "{}");
                link = relay.awaitMails(1, PATIENCE).getFirst().header("List-Unsubscribe").get();
            }
            try (Node _ = start("one", keys(B, A))) {
                awaitOnlyKey("b");
            }
            try (Node node = start("one", keys(B, ""))) {
                assertThat(unsubscribed(node, first(TOKEN_OF_LINK, link))).contains("STATE_DENIED");
                assertThat(confirmed(node, first(TOKEN_OF_QUESTION, question)))
                        .contains("STATE_GRANTED");
            }
        }
    }

    @Test
    void keepsANodeThatCannotReadItFromStarting() throws Exception {
        start("one", keys(A, "")).close();
        String inItsPlace =
                """
                UPDATE kept_key
                SET bytes = (SELECT bytes FROM kept_key WHERE purpose = 'PSEUDONYM_KEY')
                WHERE purpose = 'TOKEN_KEY'
                RETURNING key_id
                """;
        assertThat(texts(inItsPlace)).containsExactly("a");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> start("one", keys(A, "")).close())
                .withMessageContaining("TOKEN_KEY")
                .withMessageContaining("the key a");
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return matcher.group(1);
    }

    private static String consent(Node node, String address, String state) throws IOException {
        return call(
                node,
                "RecordConsent",
                """
                {"parent": "%s", "subject": {"identity": {"namespace": "email", "value": "%s"}},
                 "consent": {"state": "%s", "purpose": "PURPOSE_MARKETING"}}
                """
                        .formatted(PARENT, address, state));
    }

    private static String unsubscribed(Node node, String token) throws IOException {
        return call(
                node,
                "RecordConsent",
                """
                {"parent": "%s", "subject": {"unsubscribeToken": "%s"}}
                """
                        .formatted(PARENT, token));
    }

    private static String confirmed(Node node, String token) throws IOException {
        return call(
                node,
                "ConfirmConsent",
                """
                {"parent": "%s", "confirmationToken": "%s"}
                """
                        .formatted(PARENT, token));
    }

    private static void newsGoLive(Node node, int port) throws IOException {
        call(
                node,
                "CreateChannelConfiguration",
                """
                {"parent": "%s", "channelConfigurationId": "letters", "channelConfiguration": {
                  "displayName": "Letters", "channel": "CHANNEL_EMAIL", "category": "CATEGORY_MARKETING",
                  "email": {"fromAddress": "shop@example.com", "unsubscribeUrl": "https://example.com/bye"},
                  "smtp": {"host": "127.0.0.1", "port": %d, "security": "SECURITY_PLAINTEXT"}}}
                """
                        .formatted(PARENT, port));
        call(node, "ActivateChannelConfiguration", named("channelConfigurations/letters"));
        call(
                node,
                "CreateCampaign",
                """
                {"parent": "%1$s", "campaignId": "news", "campaign": {"draft": {
                  "displayName": "News", "category": "CATEGORY_MARKETING",
                  "channelConfiguration": "%1$s/channelConfigurations/letters",
                  "content": {"email": {"subject": "News", "text": "No more: {{{links.unsubscribe}}}"}}}}}
                """
                        .formatted(PARENT));
        call(node, "ActivateCampaign", named("campaigns/news"));
    }
}
