package io.campanile.application.message;

import io.campanile.application.query.Cursor;
import io.campanile.application.query.FilterNames;
import io.campanile.application.query.ListFields;
import io.campanile.application.query.ListRequest;
import io.campanile.application.query.Page;
import io.campanile.application.query.ParsedQuery;
import io.campanile.application.query.Query;
import io.campanile.application.query.QueryParser;
import io.campanile.application.query.Slice;
import io.campanile.domain.campaign.CampaignName;
import io.campanile.domain.workspace.WorkspaceId;

import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/// What lists of executions and of messages have in common.
final class Lists {
    private Lists() {}

    static <T> Page<T> slices(
            ListRequest request,
            ListFields<T> fields,
            Predicate<FlatFilter> supported,
            BiFunction<FlatFilter, Query, Slice<T>> store) {
        return switch (QueryParser.parse(request, fields)) {
            case ParsedQuery.Invalid(var part, var text) -> new Page.Invalid<>(part, text);
            case ParsedQuery.Valid(var query, var _) -> {
                Optional<FlatFilter> flat = FlatFilter.of(query.filter()).filter(supported);
                Cursor after = query.after();
                if (flat.isEmpty()) {
                    yield new Page.Invalid<>(
                            ParsedQuery.Part.FILTER,
                            "Join by AND, each field once, with =, and create_time with >= and <;"
                                    + " several states or reasons by OR in brackets.");
                }
                if (after != null && uuid(after.id()).isEmpty()) {
                    yield new Page.Invalid<>(
                            ParsedQuery.Part.PAGE_TOKEN, "The token is not one of this list.");
                }
                yield Page.ofSlice(request, fields, asked -> store.apply(flat.get(), asked));
            }
        };
    }

    /// The campaign of the workspace that a filter names, by its last part or as a whole; nothing
    /// when it cannot be the name of one.
    static Optional<CampaignName> campaign(WorkspaceId workspace, @Nullable String text) {
        return lastPart(workspace, "campaigns", text)
                .filter(id -> WorkspaceId.CHOSEN_ID.matcher(id).matches())
                .map(id -> new CampaignName(workspace, id));
    }

    /// The last part of the name of the audience that a filter names.
    static @Nullable String audience(WorkspaceId workspace, @Nullable String text) {
        return lastPart(workspace, "audiences", text).orElse(null);
    }

    /// The execution of the workspace that a filter names.
    static Optional<UUID> execution(WorkspaceId workspace, @Nullable String text) {
        return lastPart(workspace, "executions", text).flatMap(Lists::uuid);
    }

    private static Optional<String> lastPart(
            WorkspaceId workspace, String collection, @Nullable String text) {
        return Optional.ofNullable(text)
                .map(name -> FilterNames.lastPart(workspace, collection, name));
    }

    private static Optional<UUID> uuid(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
