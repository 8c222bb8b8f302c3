package io.campanile.application.message;

import io.campanile.application.query.CanonicalUuid;
import io.campanile.application.query.Cursor;
import io.campanile.application.query.FilterInvalid;
import io.campanile.application.query.FilterNames;
import io.campanile.application.query.ListFields;
import io.campanile.application.query.ListRequest;
import io.campanile.application.query.Page;
import io.campanile.application.query.ParsedQuery;
import io.campanile.application.query.Query;
import io.campanile.application.query.QueryParser;
import io.campanile.application.query.Slice;
import io.campanile.domain.campaign.CampaignName;
import io.campanile.domain.message.ExecutionId;
import io.campanile.domain.workspace.WorkspaceId;

import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.function.Function;

/// What lists of executions and of messages have in common.
final class Lists {
    private Lists() {}

    /// A page of what the filter asks for.
    ///
    /// @param wanted from the filter to what is asked of the store; throws [FilterInvalid]
    static <T> Page<T> slices(
            ListRequest request,
            ListFields<T> fields,
            Function<FlatFilter, Function<Query, Slice<T>>> wanted) {
        return switch (QueryParser.parse(request, fields)) {
            case ParsedQuery.Invalid(var part, var text) -> new Page.Invalid<>(part, text);
            case ParsedQuery.Valid(var query, var _) -> {
                Function<Query, Slice<T>> store;
                try {
                    store = wanted.apply(FlatFilter.of(query.filter(), fields));
                } catch (FilterInvalid e) {
                    yield new Page.Invalid<>(ParsedQuery.Part.FILTER, e.text());
                }
                Cursor after = query.after();
                if (after != null && CanonicalUuid.parse(after.id()).isEmpty()) {
                    yield new Page.Invalid<>(
                            ParsedQuery.Part.PAGE_TOKEN, "The token is not one of this list.");
                }
                yield Page.ofSlice(request, fields, store);
            }
        };
    }

    /// The campaign of the workspace that the filter names, if any; maybe there is none.
    ///
    /// @throws FilterInvalid when no campaign of the workspace can have the name
    static @Nullable CampaignName campaign(WorkspaceId workspace, FlatFilter filter) {
        return chosenId(workspace, filter, "campaign")
                .map(id -> new CampaignName(workspace, id))
                .orElse(null);
    }

    /// The last part of the name of the audience that the filter names, if any.
    ///
    /// @throws FilterInvalid when no audience of the workspace can have the name
    static @Nullable String audience(WorkspaceId workspace, FlatFilter filter) {
        return chosenId(workspace, filter, "audience").orElse(null);
    }

    /// The execution of the workspace that the filter names, if any.
    ///
    /// @throws FilterInvalid when no execution of the workspace can have the name
    static @Nullable ExecutionId execution(WorkspaceId workspace, FlatFilter filter) {
        return lastPart(workspace, filter, "execution")
                .map(id ->
                        CanonicalUuid.parse(id)
                                .orElseThrow(() ->
                                        noName(
                                                workspace,
                                                "execution",
                                                "a UUID in lower case, such as"
                                                        + " 01a20ae3-de6d-7000-bcc4-3dd295667ad2")))
                .map(ExecutionId::new)
                .orElse(null);
    }

    private static Optional<String> chosenId(
            WorkspaceId workspace, FlatFilter filter, String field) {
        Optional<String> id = lastPart(workspace, filter, field);
        if (id.isPresent() && !WorkspaceId.CHOSEN_ID.matcher(id.get()).matches()) {
            throw noName(workspace, field, "1 to 63 of a-z, 0-9 and -, a letter first");
        }
        return id;
    }

    private static Optional<String> lastPart(
            WorkspaceId workspace, FlatFilter filter, String field) {
        return Optional.ofNullable(filter.value(field))
                .map(name -> FilterNames.lastPart(workspace, field + "s", name));
    }

    private static FilterInvalid noName(WorkspaceId workspace, String field, String lastPart) {
        return new FilterInvalid(
                "%1$s is compared with a name, %2$s/%1$ss/{%1$s}, or its last part: %3$s."
                        .formatted(field, workspace.name(), lastPart));
    }
}
