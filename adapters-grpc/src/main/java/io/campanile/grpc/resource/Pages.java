package io.campanile.grpc.resource;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;

import io.campanile.application.query.Cursor;
import io.campanile.application.query.ListRequest;
import io.campanile.application.query.Page;
import io.campanile.application.query.PageToken;
import io.campanile.application.query.ParsedQuery;
import io.campanile.grpc.call.FieldProblem;
import io.campanile.grpc.call.GrpcErrors;
import io.campanile.v1.ErrorReason;
import io.campanile.v1.ViolationReason;
import io.grpc.StatusRuntimeException;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Pages of lists.
public final class Pages {
    private static final String PAGE_SIZE = "page_size";
    private static final String PAGE_TOKEN = "page_token";
    private static final Pattern POSITION = Pattern.compile("\\(character (\\d+)\\)");

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
    private static final int DEFAULT_PAGE_SIZE = 50;
    private static final int LARGEST_PAGE = 500;

    /// How large the messages in one answer may be together. Clients take 4 MiB, unless they were
    /// told otherwise.
    public static final int MOST_BYTES = 3 << 20;

    private Pages() {}

    /// What a call of a list asks for.
    public static ListRequest request(Message request) {
        return new ListRequest(
                text(request, "filter"),
                text(request, "order_by"),
                pageSize(request),
                text(request, PAGE_TOKEN),
                list(request));
    }

    /// The method and everything that is asked of it but which page, so that a token is of no use
    /// for another call.
    private static String list(Message request) {
        Message.Builder asked = request.toBuilder();
        for (String field : List.of(PAGE_SIZE, PAGE_TOKEN)) {
            asked.clearField(request.getDescriptorForType().findFieldByName(field));
        }
        return request.getDescriptorForType().getFullName()
                + asked.build().toByteString().toString(StandardCharsets.ISO_8859_1);
    }

    /// Empty for a field that the request does not have.
    private static String text(Message request, String name) {
        FieldDescriptor field = request.getDescriptorForType().findFieldByName(name);
        return field == null ? "" : (String) request.getField(field);
    }

    private static int pageSize(Message request) {
        return (int) request.getField(request.getDescriptorForType().findFieldByName(PAGE_SIZE));
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
                            PAGE_SIZE, ViolationReason.VIOLATION_REASON_OUT_OF_RANGE, text);
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
                                PAGE_TOKEN,
                                ViolationReason.VIOLATION_REASON_SYNTAX,
                                "was not made by this method, or another field was another one"
                                        + " then")));
    }

    /// The token of a page of the same list that begins at a number.
    public static String numbered(Message request, int number) {
        return PageToken.encode(new Cursor(Integer.toString(number), ""), digest(request));
    }

    /// The number in the token of the request.
    ///
    /// @param first the number where there is no token
    public static int number(Message request, int first) {
        String token = text(request, PAGE_TOKEN);
        if (token.isEmpty()) {
            return first;
        }
        return PageToken.decode(token, digest(request))
                .map(Cursor::sortValue)
                .filter(number -> NUMBER.matcher(number).matches())
                .map(Integer::parseInt)
                .orElseThrow(Pages::pageTokenInvalid);
    }

    private static String digest(Message request) {
        return PageToken.digest(list(request), "", "");
    }

    /// A page of a short list that is there as a whole; its token has the number of the next entry.
    public static <T> Cut<T> cut(List<T> all, Message request) {
        int begin = Math.min(number(request, 0), all.size());
        int pageSize = pageSize(request);
        int size = pageSize == 0 ? DEFAULT_PAGE_SIZE : Math.min(pageSize, LARGEST_PAGE);
        int end = Math.min(begin + size, all.size());
        return new Cut<>(all.subList(begin, end), end < all.size() ? numbered(request, end) : "");
    }

    /// A page and the token of the next, empty for the last.
    public record Cut<T>(List<T> entries, String nextPageToken) {}
}
