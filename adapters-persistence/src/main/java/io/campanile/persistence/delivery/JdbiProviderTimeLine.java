package io.campanile.persistence.delivery;

import io.campanile.application.delivery.port.ProviderTimeLine;
import io.campanile.domain.channel.ChannelConfigurationId;
import io.campanile.persistence.Store;

import java.time.Duration;
import java.time.Instant;

/// The shared time line of each provider: one row, moved on by every reservation. It runs on the
/// database's clock; callers get times on theirs.
public final class JdbiProviderTimeLine implements ProviderTimeLine {
    // Where the clock was set back since, the line is as long as it was when somebody reserved
    // last. That is asked when the row is locked: who waited for it began before the one it waited
    // for.
    private static final String RESERVE =
            """
            WITH clock AS MATERIALIZED (
              SELECT clock_timestamp() AS time
            ), reserved AS (
              INSERT INTO provider_time_line AS p (channel_configuration_id, next_free_time, reserve_time, per_second)
              SELECT :configuration, c.time + :taken * interval '1 second', c.time, :perSecond
              FROM clock c
              ON CONFLICT (channel_configuration_id) DO UPDATE
              SET next_free_time = (SELECT time FROM clock) + :taken * interval '1 second'
                  + greatest(p.next_free_time
                    - CASE WHEN p.reserve_time > clock_timestamp() THEN p.reserve_time ELSE (SELECT time FROM clock) END,
                    interval '0') * (p.per_second / :perSecond),
                reserve_time = (SELECT time FROM clock),
                per_second = :perSecond
              RETURNING p.next_free_time
            )
            SELECT extract(epoch FROM r.next_free_time - c.time) - :taken AS wait
            FROM reserved r
            CROSS JOIN clock c
            """;

    private final Store store;

    public JdbiProviderTimeLine(Store store) {
        this.store = store;
    }

    @Override
    public Instant reserve(
            ChannelConfigurationId configuration, int messages, double perSecond, Instant now) {
        double wait =
                store.inStatement(handle ->
                        handle.createQuery(RESERVE)
                                .bind("configuration", configuration.value())
                                .bind("taken", messages / perSecond)
                                .bind("perSecond", perSecond)
                                .mapTo(Double.class)
                                .one());
        return now.plus(Duration.ofNanos(Math.max(0, Math.round(wait * 1e9))));
    }
}
