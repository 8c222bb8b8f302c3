package io.campanile.server.logging;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;

import org.jspecify.annotations.Nullable;

import java.util.Set;
import java.util.stream.Stream;

/// Writes exceptions with their types and frames, and with the messages of those that are known to
/// quote nobody: messages of others may hold what a caller sent, such as an address. `logback.xml`
/// names it for every `%ex`.
public final class UnquotedThrowables extends ThrowableProxyConverter {
    static final String WITHHELD = "(its message may quote personal data)";

    /// Our own that say in their contract what they do not name.
    static final Set<String> SAFE =
            Set.of(
                    "io.campanile.application.content.port.RenderingFailed",
                    "io.campanile.application.secret.port.SecretKeyUnknown",
                    "io.campanile.application.store.BatchPoisoned",
                    "io.campanile.application.store.StatementTooSlow",
                    "io.campanile.application.store.StoreUnavailable",
                    "io.campanile.grpc.call.Unquoted",
                    "io.campanile.persistence.DatabaseError",
                    "io.campanile.persistence.Store$DataRefused",
                    "io.campanile.server.database.EmbeddedDatabaseException",
                    "io.campanile.server.settings.SettingsInvalid");

    @Override
    protected String throwableProxyToString(IThrowableProxy thrown) {
        return super.throwableProxyToString(new Unquoted(thrown));
    }

    private record Unquoted(IThrowableProxy original) implements IThrowableProxy {
        @Override
        public String getMessage() {
            return SAFE.contains(original.getClassName())
                    ? String.valueOf(original.getMessage())
                    : WITHHELD;
        }

        /// What its `toString` says, if that is more than type and message.
        @Override
        public @Nullable String getOverridingMessage() {
            return null;
        }

        @Override
        public String getClassName() {
            return original.getClassName();
        }

        @Override
        public StackTraceElementProxy[] getStackTraceElementProxyArray() {
            return original.getStackTraceElementProxyArray();
        }

        @Override
        public int getCommonFrames() {
            return original.getCommonFrames();
        }

        @Override
        public @Nullable IThrowableProxy getCause() {
            IThrowableProxy cause = original.getCause();
            return cause == null ? null : new Unquoted(cause);
        }

        @Override
        public IThrowableProxy[] getSuppressed() {
            IThrowableProxy[] suppressed = original.getSuppressed();
            return Stream.of(suppressed == null ? new IThrowableProxy[0] : suppressed)
                    .map(Unquoted::new)
                    .toArray(IThrowableProxy[]::new);
        }

        @Override
        public boolean isCyclic() {
            return original.isCyclic();
        }
    }
}
