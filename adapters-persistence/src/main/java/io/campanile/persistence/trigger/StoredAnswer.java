package io.campanile.persistence.trigger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.campanile.application.trigger.port.StoredExecution;
import io.campanile.domain.message.ExecutionId;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.trigger.FieldViolation;
import io.campanile.domain.trigger.RecipientResult;
import io.campanile.domain.trigger.ViolationReason;

import org.jdbi.v3.core.result.RowView;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;

/// What a trigger was answered, as it lies in `execution`: the message ids of the accepted
/// recipients in order, and the rejections with their places between them.
final class StoredAnswer {
    private static final JsonMapper JSON = new JsonMapper();

    private StoredAnswer() {}

    private record Violation(String field, ViolationReason reason, String description) {}

    private record Rejection(int index, List<Violation> violations) {}

    /// The rejections as JSON, null when there are none.
    static @Nullable String rejections(List<RecipientResult> results) {
        var rejections = new ArrayList<Rejection>();
        for (int index = 0; index < results.size(); index++) {
            if (results.get(index) instanceof RecipientResult.Rejected(var violations)) {
                rejections.add(
                        new Rejection(
                                index,
                                violations.stream()
                                        .map(v ->
                                                new Violation(
                                                        v.field(), v.reason(), v.description()))
                                        .toList()));
            }
        }
        try {
            return rejections.isEmpty() ? null : JSON.writeValueAsString(rejections);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("rejections are plain records", e);
        }
    }

    /// The message ids of the accepted recipients, as the text of a `uuid[]`.
    static String messageIds(List<RecipientResult> results) {
        var text = new StringBuilder(results.size() * 37 + 2).append('{');
        for (RecipientResult result : results) {
            if (result instanceof RecipientResult.Accepted(var message)) {
                if (text.length() > 1) {
                    text.append(',');
                }
                text.append(message.value());
            }
        }
        return text.append('}').toString();
    }

    static StoredExecution read(RowView row) {
        return new StoredExecution(
                new ExecutionId(row.getColumn("execution_id", UUID.class)),
                row.getColumn("digest", byte[].class),
                row.getColumn("create_time", Instant.class),
                results(
                        row.getColumn("message_ids", UUID[].class),
                        row.getColumn("rejections", String.class)));
    }

    private static List<RecipientResult> results(UUID[] messageIds, @Nullable String rejections) {
        Deque<Rejection> rejected = new ArrayDeque<>(parse(rejections));
        var results = new ArrayList<RecipientResult>(messageIds.length + rejected.size());
        for (UUID messageId : messageIds) {
            addRejectedAt(results, rejected);
            results.add(new RecipientResult.Accepted(new MessageId(messageId)));
        }
        addRejectedAt(results, rejected);
        return results;
    }

    private static void addRejectedAt(List<RecipientResult> results, Deque<Rejection> rejected) {
        while (!rejected.isEmpty() && rejected.getFirst().index() == results.size()) {
            results.add(
                    new RecipientResult.Rejected(
                            rejected.removeFirst().violations().stream()
                                    .map(v ->
                                            new FieldViolation(
                                                    v.field(), v.reason(), v.description()))
                                    .toList()));
        }
    }

    private static List<Rejection> parse(@Nullable String json) {
        try {
            return json == null ? List.of() : List.of(JSON.readValue(json, Rejection[].class));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored rejections do not parse", e);
        }
    }
}
