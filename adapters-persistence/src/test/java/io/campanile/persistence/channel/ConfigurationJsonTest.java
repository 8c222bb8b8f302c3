package io.campanile.persistence.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.campanile.domain.channel.DeliveryLimits;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.channel.EmailSender;
import io.campanile.domain.channel.RetryPolicy;
import io.campanile.domain.channel.SealedSecret;
import io.campanile.domain.channel.SmtpServer;
import io.campanile.persistence.Json;

import org.junit.jupiter.api.Test;

class ConfigurationJsonTest {
    @Test
    void givesBackASenderWithEveryAddress() {
        var sender =
                new EmailSender(
                        new EmailAddress("shop@example.com"),
                        "Shop",
                        new EmailAddress("help@example.com"),
                        new EmailAddress("bounces@example.com"),
                        "https://shop.example.com/unsubscribe",
                        true);
        var json = Json.object();

        ConfigurationJson.write(json, sender);

        assertThat(ConfigurationJson.sender(Json.parse(json.toString()))).isEqualTo(sender);
    }

    @Test
    void writesNoPassword() {
        var password = new SealedSecret("key-1", new byte[] {1, 2, 3});
        var smtp =
                new SmtpServer(
                        "relay.example.com",
                        587,
                        SmtpServer.Security.STARTTLS,
                        true,
                        "",
                        new SmtpServer.Credentials("me", password),
                        "");
        var json = Json.object();

        ConfigurationJson.write(json, smtp);

        assertThat(json.toString()).doesNotContain("password", "key-1");
        assertThat(ConfigurationJson.smtp(json, password)).isEqualTo(smtp);
    }

    @Test
    void takesTheCarefulChoiceForWhatIsMissing() {
        SmtpServer smtp =
                ConfigurationJson.smtp(Json.parse("{\"host\": \"h\", \"pool\": {}}"), null);

        assertThat(smtp.security()).isEqualTo(SmtpServer.Security.STARTTLS);
        assertThat(smtp.verifyCertificate()).isTrue();
        assertThat(ConfigurationJson.limits(Json.object())).isEqualTo(DeliveryLimits.DEFAULT);
        assertThat(ConfigurationJson.retry(Json.object())).isEqualTo(RetryPolicy.DEFAULT);
    }

    @Test
    void takesNoUnknownSecurityForAnother() {
        var json = Json.parse("{\"host\": \"h\", \"security\": \"QUANTUM\"}");

        assertThatIllegalArgumentException().isThrownBy(() -> ConfigurationJson.smtp(json, null));
    }
}
