package io.campanile.domain.message;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// What a provider's refusal of a message means: by its enhanced status code (RFC 3463), and by its
/// text only where codes are known to be used loosely. An address is called bad only on evidence.
public final class RefusalReasons {
    private static final Set<String> NO_SUCH_ADDRESS = Set.of("5.1.1", "5.1.6", "5.1.10");

    /// Words that such a code does not go with: qmail's servers say `(#5.1.1)` of full mailboxes,
    /// and of senders that they shut out.
    private static final Pattern CONTRADICTS = Pattern.compile("quota|\\bfull\\b|polic(?:y|ies)");

    /// Codes about policies, for the time being or for good.
    private static final Pattern OF_POLICY = Pattern.compile("[45]\\.7\\..*");

    private static final Pattern POLICY =
            Pattern.compile(
                    "polic(?:y|ies)|administrative prohibition|spam|blocked|black ?list|block"
                            + " ?list|reputation|dmarc|not allowed to send|\\brelay(?:ing)?\\b");

    /// A code about the way, but Microsoft 365 says it of addresses that it does not know.
    private static final String OF_THE_WAY = "5.4.1";

    private static final String OF_AN_ADDRESS = "recipient address rejected";

    /// What is looked at of a text.
    private static final int MOST_CHARACTERS = 2_000;

    /// Addresses and URLs in a reply are cut out, because words in them are not the server's words
    /// about the message. Whatever the relay says, the patterns do not look at a character again
    /// and again: a virtual thread that matches cannot be interrupted.
    private static final Pattern BRACKETED = Pattern.compile("<[^<>]*+>");

    private static final Pattern QUOTED =
            Pattern.compile("(?<![^\\s@])[^\\s@]*+@\\S*+|\\bhttps?://\\S*+");

    private RefusalReasons() {}

    /// A provider's text in small letters, without what it quotes; the first 2,000 characters.
    public static String words(String text) {
        String start = text.substring(0, Math.min(text.length(), MOST_CHARACTERS));
        String open = BRACKETED.matcher(start.toLowerCase(Locale.ROOT)).replaceAll(" ");
        return QUOTED.matcher(open).replaceAll(" ");
    }

    /// What a refusal of the recipient is about.
    ///
    /// @param enhancedCode empty when there was none
    /// @param words see [#words]
    public static RefusedPart partOfRecipient(String enhancedCode, String words) {
        return enhancedCode.equals(OF_THE_WAY) && words.contains(OF_AN_ADDRESS)
                ? RefusedPart.ADDRESS
                : RefusedPart.RECIPIENT;
    }

    /// Why the message was refused.
    ///
    /// @param enhancedCode empty when there was none
    /// @param words see [#words]
    public static Reason of(String enhancedCode, String words) {
        if (NO_SUCH_ADDRESS.contains(enhancedCode) && !CONTRADICTS.matcher(words).find()) {
            return Reason.ADDRESS_REFUSED;
        }
        boolean policy = OF_POLICY.matcher(enhancedCode).matches() || POLICY.matcher(words).find();
        return policy ? Reason.POLICY_REFUSED : Reason.MESSAGE_REFUSED;
    }
}
