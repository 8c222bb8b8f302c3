package io.campanile.testkit.delivery;

import static io.campanile.testkit.channel.ChannelConfigurationBuilder.aChannelConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.delivery.port.Provider;
import io.campanile.application.delivery.port.Providers;
import io.campanile.domain.channel.ChannelConfiguration;
import io.campanile.domain.channel.ChannelConfigurationId;
import io.campanile.domain.channel.DeliveryLimits;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.UUID;

/// What every [Providers] must do. Nobody listens where the configurations point to: opening makes
/// no connection.
public abstract class ProvidersContract {
    private final ChannelConfigurationId id = new ChannelConfigurationId(UUID.randomUUID());

    /// Always the same within a test.
    protected abstract Providers providers();

    private static ChannelConfiguration configuration(ChannelConfigurationId id, int slots) {
        var limits =
                new DeliveryLimits(
                        1,
                        slots,
                        0,
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(5),
                        50,
                        Duration.ofSeconds(1));
        return aChannelConfiguration().identifiedBy(id).limitedTo(limits).build();
    }

    @Test
    void givesAProviderTheSlotsOfItsConfiguration() {
        try (Provider provider = providers().open(configuration(id, 3))) {
            assertThat(provider.status().slots()).isEqualTo(3);
            assertThat(provider.acquire(9)).isEqualTo(3);
            provider.release(3);
        }
    }

    @Test
    void givesEachConfigurationSlotsOfItsOwn() {
        var otherId = new ChannelConfigurationId(UUID.randomUUID());
        try (Provider one = providers().open(configuration(id, 2));
                Provider other = providers().open(configuration(otherId, 1))) {
            assertThat(one.acquire(9)).isEqualTo(2);
            assertThat(other.acquire(9)).isEqualTo(1);
            one.release(2);
            other.release(1);
        }
    }

    @Test
    void opensAConfigurationAnewAsItStandsNow() {
        Provider before = providers().open(configuration(id, 3));
        before.close();

        try (Provider after = providers().open(configuration(id, 5))) {
            assertThat(after.status().slots()).isEqualTo(5);
            assertThat(after.acquire(9)).isEqualTo(5);
            after.release(5);
        }
    }
}
