package io.campanile.persistence.erasure;

import io.campanile.application.content.PayloadOpener;
import io.campanile.application.secret.port.SecretKeyUnknown;
import io.campanile.domain.channel.SealedSecret;
import io.campanile.domain.profile.Attributes;
import io.campanile.domain.profile.Erasure;
import io.campanile.domain.profile.ProfileId;
import io.campanile.persistence.SqlArrays;
import io.campanile.persistence.delivery.QueueWalk;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.statement.Query;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Finds open messages by the addresses that their calls laid over attributes which campaigns
/// declare sensitive: no statement can read those.
final class SealedOverlays {
    private static final String OPEN =
            """
            SELECT q.message_id, s.key_id, s.bytes
            FROM message_queue q
            CROSS JOIN LATERAL (
              SELECT k.campaign_id, k.address FROM message k WHERE k.message_id = q.message_id OFFSET 0
            ) AS m
            CROSS JOIN LATERAL (
              SELECT k.key_id, k.bytes FROM message_secret k WHERE k.message_id = q.message_id OFFSET 0
            ) AS s
            WHERE m.address IS NULL
              AND m.campaign_id = ANY (ARRAY(SELECT c.campaign_id FROM campaign c WHERE c.workspace_id = ANY (:workspaces)))
            """
                    + QueueWalk.IN_PIECE;

    private final QueueWalk queue;
    private final PayloadOpener payloads;

    SealedOverlays(QueueWalk queue, PayloadOpener payloads) {
        this.queue = queue;
        this.payloads = payloads;
    }

    /// What was found.
    ///
    /// @param messages that may go to each person, of people who have any
    /// @param complete whether all that was looked at could be read: while keys are changed, only
    ///   other nodes may have that of a message
    record Found(Map<ProfileId, List<UUID>> messages, boolean complete) {
        static final Found NOTHING = new Found(Map.of(), true);

        List<UUID> of(Erasure erasure) {
            return messages.getOrDefault(erasure.names().profile(), List.of());
        }

        boolean mayLack(Erasure erasure) {
            return !complete && isConcerned(erasure);
        }
    }

    Found of(Handle handle, Collection<Erasure> erasures) {
        List<Erasure> concerned = erasures.stream().filter(SealedOverlays::isConcerned).toList();
        if (concerned.isEmpty()) {
            return Found.NOTHING;
        }
        List<Overlay> overlays =
                queue.all(
                        handle,
                        () -> handle.createQuery(OPEN).bind("workspaces", workspaces(concerned)),
                        query -> overlays(query, concerned));
        Map<ProfileId, List<UUID>> messages = new HashMap<>();
        for (Overlay overlay : overlays) {
            concerned.stream()
                    .filter(erasure -> erasure.names().isAddressedBy(overlay.attributes()))
                    .forEach(erasure ->
                            messages.computeIfAbsent(
                                            erasure.names().profile(), _ -> new ArrayList<>())
                                    .add(overlay.message()));
        }
        return new Found(messages, overlays.stream().allMatch(Overlay::isRead));
    }

    private static boolean isConcerned(Erasure erasure) {
        return !erasure.names().addressFields().isEmpty();
    }

    private static Argument workspaces(List<Erasure> erasures) {
        return SqlArrays.texts(erasures, erasure -> erasure.names().workspace().value());
    }

    private record Overlay(UUID message, Attributes attributes, boolean isRead) {
        boolean matters(List<Erasure> erasures) {
            return !isRead || erasures.stream().anyMatch(e -> e.names().isAddressedBy(attributes));
        }
    }

    /// Those of somebody, and those that cannot be read.
    private List<Overlay> overlays(Query query, List<Erasure> erasures) {
        return query.map((row, _) -> overlay(row)).stream()
                .filter(overlay -> overlay.matters(erasures))
                .toList();
    }

    private Overlay overlay(ResultSet row) throws SQLException {
        UUID message = row.getObject("message_id", UUID.class);
        var sealed = new SealedSecret(row.getString("key_id"), row.getBytes("bytes"));
        try {
            return new Overlay(message, Attributes.of(payloads.open(sealed).profile()), true);
        } catch (SecretKeyUnknown _) {
            return new Overlay(message, Attributes.NONE, false);
        } catch (IllegalArgumentException _) {
            // Spoiled: it fails when its turn comes, and goes to nobody.
            return new Overlay(message, Attributes.NONE, true);
        }
    }
}
