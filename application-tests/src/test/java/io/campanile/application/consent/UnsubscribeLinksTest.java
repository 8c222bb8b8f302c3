package io.campanile.application.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.campanile.application.content.port.RenderingFailed;
import io.campanile.domain.channel.Channel;
import io.campanile.domain.consent.ConsentLevel;
import io.campanile.domain.consent.ConsentState;
import io.campanile.domain.consent.Purpose;
import io.campanile.domain.eligibility.Occasion;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.secret.InMemoryKeptKeys;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnsubscribeLinksTest {
    private static final Identity ADA = new Identity("email", "ada@example.com");
    private static final Occasion NEWS =
            new Occasion(WorkspaceId.DEFAULT, Channel.EMAIL, Purpose.MARKETING, "news");

    private final UnsubscribeLinks links = new UnsubscribeLinks(InMemoryKeptKeys.tokenKey());

    @ParameterizedTest
    @CsvSource({
        "https://example.com/bye, https://example.com/bye?token=",
        "https://example.com/bye?lang=en, https://example.com/bye?lang=en&token="
    })
    void addTheTokenToTheCustomersPage(String url, String begin) {
        assertThat(links.link(url, NEWS, ADA)).startsWith(begin).matches("[!-~]+");
    }

    @Test
    void sayWhoGotWhat() {
        String link = links.link("https://example.com", NEWS, ADA);
        UnsubscribeClaim claim = links.open(link.substring(link.indexOf('=') + 1)).orElseThrow();

        assertThat(claim)
                .isEqualTo(new UnsubscribeClaim(WorkspaceId.DEFAULT, Channel.EMAIL, "news", ADA));
        assertThat(claim.denial().level())
                .isEqualTo(new ConsentLevel(Channel.EMAIL, Purpose.MARKETING, "news"));
        assertThat(claim.denial().state()).isEqualTo(ConsentState.DENIED);
    }

    @Test
    void areForMarketingOnlyAndNeverLeadNowhere() {
        var service = new Occasion(WorkspaceId.DEFAULT, Channel.EMAIL, Purpose.SERVICE, "");

        assertThat(links.link("https://example.com", service, ADA)).isEmpty();
        assertThatExceptionOfType(RenderingFailed.class)
                .isThrownBy(() -> links.link("", NEWS, ADA));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "not base64!", "AAAA", "_____w", "BGFiY2Q", "AQ", "AWFiY2Q"})
    void openNothingThatWasMadeUp(String token) {
        assertThat(links.open(token)).isEmpty();
    }
}
