package io.campanile.domain.message;

/// What a provider answered, without its text, which may quote the address.
///
/// @param code the three digits of an SMTP reply (RFC 5321), 0 when there was none
/// @param enhancedCode the enhanced status code (RFC 3463) such as `5.1.1`, empty when there was
///   none
public record ProviderReply(int code, String enhancedCode) {
    public static final ProviderReply NONE = new ProviderReply(0, "");

    /// What a report says that came later: it has no reply.
    public static ProviderReply reported(String enhancedCode) {
        return new ProviderReply(0, enhancedCode);
    }

    /// Both codes, as far as there are any.
    @Override
    public String toString() {
        if (enhancedCode.isEmpty()) {
            return String.valueOf(code);
        }
        return code == 0 ? enhancedCode : code + " " + enhancedCode;
    }
}
