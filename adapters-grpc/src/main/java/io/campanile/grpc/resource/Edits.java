package io.campanile.grpc.resource;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;

import io.campanile.application.access.ChangeCall;
import io.campanile.application.store.RequestId;
import io.campanile.grpc.call.Callers;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Pattern;

/// What changing requests carry besides the change: etag, request id, `validate_only`.
public final class Edits {
    private static final Pattern ETAG = Pattern.compile("\"(\\d{1,18})\"");

    /// The version of nothing, for an etag that is none of ours: it never matches.
    private static final long NO_VERSION = -1;

    private static final int DIGEST_BYTES = 15;

    private Edits() {}

    /// The etag of a version.
    public static String etag(long version) {
        return "\"" + version + "\"";
    }

    /// The etag of what has no version: it tells whether the answer would be the same.
    ///
    /// @param answer without its etag
    public static String etag(Message answer) {
        byte[] digest = Arrays.copyOf(MessageDigests.of(answer), DIGEST_BYTES);
        return "\"" + Base64.getUrlEncoder().withoutPadding().encodeToString(digest) + "\"";
    }

    /// The call of a request without request id.
    public static ChangeCall call(String etag, boolean validateOnly) {
        return new ChangeCall(Callers.current().actor(), null, version(etag), validateOnly);
    }

    /// The call of a request that may have a request id.
    public static ChangeCall call(Message request, String etag, boolean validateOnly) {
        return new ChangeCall(
                Callers.current().actor(), requestId(request), version(etag), validateOnly);
    }

    private static @Nullable Long version(String etag) {
        if (etag.isEmpty()) {
            return null;
        }
        var matcher = ETAG.matcher(etag);
        return matcher.matches() ? Long.parseLong(matcher.group(1)) : NO_VERSION;
    }

    private static @Nullable RequestId requestId(Message request) {
        FieldDescriptor field = request.getDescriptorForType().findFieldByName("request_id");
        if (!(request.getField(field) instanceof String id) || id.isEmpty()) {
            return null;
        }
        Message rest = request.toBuilder().clearField(field).build();
        return new RequestId(id, MessageDigests.of(rest));
    }
}
