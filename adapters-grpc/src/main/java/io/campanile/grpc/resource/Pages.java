package io.campanile.grpc.resource;

import com.google.protobuf.Message;

import io.campanile.application.query.ListRequest;
import io.campanile.application.query.Page;
import io.campanile.application.query.ParsedQuery;
import io.campanile.grpc.call.FieldProblem;
import io.campanile.grpc.call.GrpcErrors;
import io.campanile.v1.ErrorReason;
import io.campanile.v1.ViolationReason;
import io.grpc.StatusRuntimeException;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Pages of lists.
public final class Pages {
    private static final Pattern POSITION = Pattern.compile("\\(character (\\d+)\\)");

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
    private static final int DEFAULT_PAGE_SIZE = 50;
    private static final int LARGEST_PAGE = 500;

    /// Of the messages in one answer. Clients take 4 MiB, unless they were told otherwise.
    public static final int MOST_BYTES = 3 << 20;

    private Pages() {}

    /// A list without filter and order of its own.
    public static ListRequest request(int pageSize, String pageToken) {
        return request("", pageSize, pageToken);
    }

    /// A list with a filter, without an order of its own.
    public static ListRequest request(String filter, int pageSize, String pageToken) {
        return new ListRequest(filter, "", pageSize, pageToken);
    }

    /// The page, or an exception that says what of the request cannot be understood.
    public static <T> Page.Found<T> found(Page<T> page) {
        return switch (page) {
            case Page.Found<T> found -> found;
            case Page.Invalid<T>(var part, var text) -> throw invalid(part, text);
        };
    }

    /// The page in messages, as many as an answer can hold that every client takes; the others are
    /// on the next page.
    public static <T, P extends Message> Cut<P> fitting(Page<T> page, Function<T, P> proto) {
        Page.Found<T> found = found(page);
        List<P> messages = new ArrayList<>(found.entries().size());
        long bytes = 0;
        for (int i = 0; i < found.entries().size(); i++) {
            P message = proto.apply(found.entries().get(i));
            bytes += message.getSerializedSize();
            if (i > 0 && bytes > MOST_BYTES) {
                String next = found.tokenAfter().apply(found.entries().get(i - 1));
                return new Cut<>(messages, next);
            }
            messages.add(message);
        }
        return new Cut<>(messages, found.nextPageToken());
    }

    private static StatusRuntimeException invalid(ParsedQuery.Part part, String text) {
        return switch (part) {
            case PAGE_TOKEN -> pageTokenInvalid();
            case PAGE_SIZE ->
                    GrpcErrors.fieldViolation(
                            "page_size", ViolationReason.VIOLATION_REASON_OUT_OF_RANGE, text);
            case FILTER, ORDER_BY -> {
                Matcher position = POSITION.matcher(text);
                yield GrpcErrors.badRequest(
                        ErrorReason.ERROR_REASON_FILTER_INVALID,
                        position.find() ? Map.of("position", position.group(1)) : Map.of(),
                        List.of(
                                new FieldProblem(
                                        part.name().toLowerCase(Locale.ROOT),
                                        ViolationReason.VIOLATION_REASON_SYNTAX,
                                        text)));
            }
        };
    }

    public static StatusRuntimeException pageTokenInvalid() {
        return GrpcErrors.badRequest(
                ErrorReason.ERROR_REASON_PAGE_TOKEN_INVALID,
                Map.of(),
                List.of(
                        new FieldProblem(
                                "page_token",
                                ViolationReason.VIOLATION_REASON_SYNTAX,
                                "was not made by this method for this filter and order")));
    }

    /// A token that is a number.
    public static int number(String pageToken) {
        if (!NUMBER.matcher(pageToken).matches()) {
            throw pageTokenInvalid();
        }
        return Integer.parseInt(pageToken);
    }

    /// A page of a short list that is there as a whole; its token is the number of the next entry.
    public static <T> Cut<T> cut(List<T> all, int pageSize, String pageToken) {
        int begin = 0;
        if (!pageToken.isEmpty()) {
            begin = Math.min(number(pageToken), all.size());
        }
        int size = pageSize == 0 ? DEFAULT_PAGE_SIZE : Math.min(pageSize, LARGEST_PAGE);
        int end = Math.min(begin + size, all.size());
        return new Cut<>(all.subList(begin, end), end < all.size() ? Integer.toString(end) : "");
    }

    /// A page and the token of the next, empty for the last.
    public record Cut<T>(List<T> entries, String nextPageToken) {}
}
