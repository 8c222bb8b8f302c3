package io.campanile.grpc.channel;

import io.campanile.domain.channel.ConfigurationLifecycle;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.channel.SmtpServer;
import io.campanile.domain.eligibility.AddressFields;
import io.campanile.grpc.call.FieldProblem;
import io.campanile.grpc.call.GrpcErrors;
import io.campanile.grpc.resource.Categories;
import io.campanile.v1.Category;
import io.campanile.v1.Channel;
import io.campanile.v1.ChannelConfiguration;
import io.campanile.v1.DeliveryLimits;
import io.campanile.v1.EmailSender;
import io.campanile.v1.RetrySettings;
import io.campanile.v1.SmtpProvider;
import io.campanile.v1.ViolationReason;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What the protos cannot say about channel configurations, because it depends on the call or on
/// several fields. All that is found here is said at once.
final class ConfigurationRules {
    private static final String ROOT = "channel_configuration.";

    /// Labels as resolvers take them: with underscores too, and with the root's dot behind them.
    private static final Pattern HOST_NAME =
            Pattern.compile("\\w(?:[\\w-]{0,61}\\w)?(?:\\.\\w(?:[\\w-]{0,61}\\w)?)*\\.?");

    private final List<FieldProblem> problems = new ArrayList<>();

    /// @throws io.grpc.StatusRuntimeException unless a configuration can be made of that
    static void requireNew(ChannelConfiguration proto) {
        var rules = new ConfigurationRules();
        rules.require(proto.getChannel() != Channel.CHANNEL_UNSPECIFIED, "channel");
        rules.require(proto.getCategory() != Category.CATEGORY_UNSPECIFIED, "category");
        rules.check(proto, proto.getCategory(), null);
    }

    /// @param merged the whole as it is to be
    /// @param former whose password stays if it may
    /// @throws io.grpc.StatusRuntimeException unless the known one can become that
    static void requireEdit(
            io.campanile.domain.channel.ChannelConfiguration known,
            ChannelConfiguration merged,
            SmtpServer former) {
        var rules = new ConfigurationRules();
        Category category = Categories.proto(known.category());
        rules.requireSame(merged.getCategory() == category, "category");
        rules.requireSame(merged.getChannel() == Channel.CHANNEL_EMAIL, "channel");
        rules.check(merged, category, former);
    }

    /// @param category that it has or gets; unspecified when nobody said it
    private void check(ChannelConfiguration proto, Category category, @Nullable SmtpServer former) {
        checkSender(proto.getEmail(), proto.getOneClickUnsubscribe());
        checkSmtp(proto.getSmtp());
        checkPassword(proto.getSmtp(), former);
        checkLimits(proto.getLimits());
        checkRetry(proto.getRetry());
        AddressFields.fault(proto.getAddressField())
                .ifPresent(fault -> misspelt("address_field", fault));
        if (category != Category.CATEGORY_UNSPECIFIED) {
            checkAgainst(Categories.category(category), proto);
        }
        if (!problems.isEmpty()) {
            throw GrpcErrors.fieldViolations(problems);
        }
    }

    private void checkSender(EmailSender email, boolean oneClick) {
        require(!email.getFromAddress().isEmpty(), "email.from_address");
        checkAddress("email.from_address", email.getFromAddress());
        checkAddress("email.reply_to", email.getReplyTo());
        checkAddress("email.envelope_sender", email.getEnvelopeSender());
        String url = email.getUnsubscribeUrl();
        if (oneClick && url.isEmpty()) {
            required("email.unsubscribe_url", "is required with one_click_unsubscribe");
        }
        if (url.isEmpty()) {
            return;
        }
        if (!isPage(url)) {
            misspelt(
                    "email.unsubscribe_url",
                    "is not an absolute https URL, with its host in ASCII and without user and"
                            + " fragment");
        } else if (hasToken(url)) {
            misspelt(
                    "email.unsubscribe_url",
                    "has the parameter token already, which is added for each message");
        }
    }

    private void checkAddress(String field, String text) {
        if (!text.isEmpty() && EmailAddress.parse(text).isEmpty()) {
            add(
                    field,
                    ViolationReason.VIOLATION_REASON_ADDRESS_MALFORMED,
                    EmailAddress.fault(text));
        }
    }

    /// The URL of a page of the customer's that parameters can be added to.
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

    private static boolean hasToken(String url) {
        String query = URI.create(url).getRawQuery();
        return query != null
                && Stream.of(query.split("&"))
                        .map(each -> each.split("=", 2)[0])
                        .anyMatch(name -> decoded(name).equals("token"));
    }

    private static String decoded(String name) {
        return URLDecoder.decode(name, StandardCharsets.UTF_8);
    }

    private void checkSmtp(SmtpProvider smtp) {
        String host = smtp.getHost();
        // Only addresses of IPv6 have colons, two or more.
        int colon = host.indexOf(':');
        if (colon >= 0 && colon == host.lastIndexOf(':')) {
            misspelt("smtp.host", "has a port in it; write that in smtp.port");
        } else if (!host.isEmpty() && !isHost(host)) {
            misspelt("smtp.host", "is no host name and no IP address");
        }
        String pem = smtp.getTrustedCertificates();
        if (!pem.isBlank() && !areCertificates(pem)) {
            misspelt("smtp.trusted_certificates", "are no certificates in PEM");
        }
    }

    private static boolean isHost(String host) {
        if (HOST_NAME.matcher(host).matches()) {
            return true;
        }
        try {
            var _ = InetAddress.ofLiteral(host);
            return true;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private static boolean areCertificates(String pem) {
        try {
            var bytes = new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII));
            return !CertificateFactory.getInstance("X.509").generateCertificates(bytes).isEmpty();
        } catch (CertificateException _) {
            return false;
        }
    }

    /// The stored one is not given to another server than it was entered for.
    private void checkPassword(SmtpProvider smtp, @Nullable SmtpServer former) {
        if (smtp.getUsername().isEmpty()) {
            if (!smtp.getPassword().isEmpty()) {
                required("smtp.username", "is required with a password");
            }
        } else if (smtp.getPassword().isEmpty()) {
            boolean stored = former != null && former.credentials() != null;
            require(stored, "smtp.password");
            if (stored && ConfigurationProtos.kept(former, smtp) == null) {
                required(
                        "smtp.password",
                        "must be entered again, because the host, the port, the protection of the"
                                + " connection or whose certificates are trusted change");
            }
        }
    }

    private void checkLimits(DeliveryLimits limits) {
        if (LimitProtos.slots(limits) < LimitProtos.connections(limits)) {
            outOfRange("limits.slots", "are fewer than connections");
        }
        if (!io.campanile.domain.channel.DeliveryLimits.isRate(limits.getMessagesPerSecond())) {
            outOfRange("limits.messages_per_second", "must be 0, or 0.001 to 100,000");
        }
    }

    private void checkRetry(RetrySettings retry) {
        if (LimitProtos.maxBackoff(retry).compareTo(LimitProtos.minBackoff(retry)) < 0) {
            outOfRange("retry.max_backoff", "is shorter than min_backoff, given or usual");
        }
    }

    private void checkAgainst(
            io.campanile.domain.channel.Category category, ChannelConfiguration proto) {
        Duration shortest = ConfigurationLifecycle.shortestRetryWindow(category);
        if (LimitProtos.retryWindow(proto.getRetry()).compareTo(shortest) < 0) {
            outOfRange(
                    "retry.retry_window",
                    "is shorter than %d minutes, the shortest for its category"
                            .formatted(shortest.toMinutes()));
        }
        if (proto.getBypassComplaints() && !ConfigurationLifecycle.mayBypassComplaints(category)) {
            add(
                    "bypass_complaints",
                    ViolationReason.VIOLATION_REASON_CATEGORY_CONFLICT,
                    "marketing is never sent to whom a complaint suppresses");
        }
    }

    private void require(boolean given, String field) {
        if (!given) {
            required(field, "is required");
        }
    }

    private void required(String field, String description) {
        add(field, ViolationReason.VIOLATION_REASON_REQUIRED, description);
    }

    private void requireSame(boolean same, String field) {
        if (!same) {
            add(
                    field,
                    ViolationReason.VIOLATION_REASON_FIELD_IMMUTABLE,
                    "cannot be changed after creation");
        }
    }

    private void misspelt(String field, String description) {
        add(field, ViolationReason.VIOLATION_REASON_SYNTAX, description);
    }

    private void outOfRange(String field, String description) {
        add(field, ViolationReason.VIOLATION_REASON_OUT_OF_RANGE, description);
    }

    private void add(String field, ViolationReason reason, String description) {
        problems.add(new FieldProblem(ROOT + field, reason, description));
    }
}
