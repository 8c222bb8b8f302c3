package io.campanile.grpc.channel;

import com.google.protobuf.FieldMask;

import io.campanile.domain.channel.ConfigurationLifecycle;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.grpc.call.FieldProblem;
import io.campanile.grpc.call.GrpcErrors;
import io.campanile.v1.Category;
import io.campanile.v1.Channel;
import io.campanile.v1.ChannelConfiguration;
import io.campanile.v1.ViolationReason;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;

/// What the protos cannot say about channel configurations, because it depends on the call or on
/// several fields.
final class ConfigurationRules {
    private static final String ROOT = "channel_configuration.";

    private ConfigurationRules() {}

    static void requireNew(ChannelConfiguration proto) {
        List<FieldProblem> problems = new ArrayList<>();
        if (proto.getChannel() == Channel.CHANNEL_UNSPECIFIED) {
            problems.add(required("channel"));
        }
        if (proto.getCategory() == Category.CATEGORY_UNSPECIFIED) {
            problems.add(required("category"));
        }
        if (proto.getEmail().getFromAddress().isEmpty()) {
            problems.add(required("email.from_address"));
        }
        throwIfAny(problems);
    }

    static void requireSame(
            FieldMask paths,
            ChannelConfiguration source,
            io.campanile.domain.channel.ChannelConfiguration known) {
        List<FieldProblem> problems = new ArrayList<>();
        if (paths.getPathsList().contains("category")
                && source.getCategory() != ConfigurationProtos.category(known.category())) {
            problems.add(immutable("category"));
        }
        if (paths.getPathsList().contains("channel")
                && source.getChannel() != Channel.CHANNEL_EMAIL) {
            problems.add(immutable("channel"));
        }
        throwIfAny(problems);
    }

    /// An address that must be there.
    static EmailAddress address(String field, String text) {
        if (text.isEmpty()) {
            throwIfAny(List.of(required(field)));
        }
        return EmailAddress.parse(text)
                .orElseThrow(() ->
                        GrpcErrors.fieldViolation(
                                ROOT + field,
                                ViolationReason.VIOLATION_REASON_ADDRESS_MALFORMED,
                                EmailAddress.fault(text)));
    }

    /// The URL of a page of the customer's that parameters can be added to, or nothing.
    static String pageUrl(String field, String url) {
        if (!url.isEmpty() && !isPage(url)) {
            throw GrpcErrors.fieldViolation(
                    ROOT + field,
                    ViolationReason.VIOLATION_REASON_SYNTAX,
                    "is not an absolute https URL without a fragment");
        }
        return url;
    }

    private static boolean isPage(String url) {
        try {
            var uri = new URI(url);
            return "https".equalsIgnoreCase(uri.getScheme())
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawFragment() == null;
        } catch (URISyntaxException _) {
            return false;
        }
    }

    /// A host alone. Only addresses of IPv6 have colons, two or more.
    static String host(String field, String host) {
        int colon = host.indexOf(':');
        if (colon >= 0 && colon == host.lastIndexOf(':')) {
            throw GrpcErrors.fieldViolation(
                    ROOT + field,
                    ViolationReason.VIOLATION_REASON_SYNTAX,
                    "has a port in it; write that in smtp.port");
        }
        return host;
    }

    /// PEM that connections can be secured with, or nothing.
    static String certificates(String field, String pem) {
        if (!pem.isBlank() && !areCertificates(pem)) {
            throw GrpcErrors.fieldViolation(
                    ROOT + field,
                    ViolationReason.VIOLATION_REASON_SYNTAX,
                    "are no certificates in PEM");
        }
        return pem;
    }

    private static boolean areCertificates(String pem) {
        try {
            var bytes = new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII));
            return !CertificateFactory.getInstance("X.509").generateCertificates(bytes).isEmpty();
        } catch (CertificateException _) {
            return false;
        }
    }

    /// Whether complaints are to be bypassed, where the category allows it.
    static boolean bypassComplaints(
            io.campanile.domain.channel.Category category, boolean bypassed) {
        if (bypassed && !ConfigurationLifecycle.mayBypassComplaints(category)) {
            throw GrpcErrors.fieldViolation(
                    ROOT + "bypass_complaints",
                    ViolationReason.VIOLATION_REASON_CATEGORY_CONFLICT,
                    "marketing is never sent to whom a complaint suppresses");
        }
        return bypassed;
    }

    static RuntimeException outOfRange(String field, String description) {
        return GrpcErrors.fieldViolation(
                ROOT + field, ViolationReason.VIOLATION_REASON_OUT_OF_RANGE, description);
    }

    /// The stored one is not given to another server than it was entered for.
    static RuntimeException passwordNeededAgain() {
        return GrpcErrors.fieldViolation(
                ROOT + "smtp.password",
                ViolationReason.VIOLATION_REASON_REQUIRED,
                "must be entered again, because the host, the port, the protection of the"
                        + " connection or whose certificates are trusted change");
    }

    static RuntimeException missing(String field) {
        return GrpcErrors.fieldViolations(List.of(required(field)));
    }

    private static FieldProblem required(String field) {
        return new FieldProblem(
                ROOT + field, ViolationReason.VIOLATION_REASON_REQUIRED, "is required");
    }

    private static FieldProblem immutable(String field) {
        return new FieldProblem(
                ROOT + field,
                ViolationReason.VIOLATION_REASON_FIELD_IMMUTABLE,
                "cannot be changed after creation");
    }

    private static void throwIfAny(List<FieldProblem> problems) {
        if (!problems.isEmpty()) {
            throw GrpcErrors.fieldViolations(problems);
        }
    }
}
