package io.campanile.bench.load;

import java.util.Map;

/// What the campaigns of the benchmarks say, and what they are triggered with.
public final class BenchContent {
    public static final String DELIVER_SUBJECT = "Your order {{context.orderId}} has been shipped";

    public static final String DELIVER_TEXT =
            """
            Dear {{context.firstName}} {{context.lastName}},

            your order {{context.orderId}} over {{context.total}} is on its way to {{context.street}},
            {{context.city}}. {{context.carrier}} brings it on {{context.deliveryDay}}; follow it with
            {{context.trackingId}}.

            {{context.shopName}}
            """;

    /// 4 kB with ten variables.
    public static final String DELIVER_HTML = html(4096);

    private static final String FOOTER =
            "<p>For {{profile.firstName}} in {{profile.city}}."
                    + " <a href=\"{{links.unsubscribe}}\">No more of this</a></p>";

    /// The same with what is known of the reader, and the link that marketing needs.
    public static final String NEWS_HTML = DELIVER_HTML.replace("</body>", FOOTER + "</body>");

    public static final String NEWS_TEXT =
            DELIVER_TEXT
                    + "For {{profile.firstName}} in {{profile.city}}."
                    + " No more of this: {{{links.unsubscribe}}}\n";

    /// With `%NUMBER%` where the message's number goes.
    public static final String DELIVER_CONTEXT =
            """
            {"firstName":"Ada","lastName":"Lovelace","orderId":"A-%NUMBER%","total":"129.90 EUR",\
            "street":"St James's Square 12","city":"London","carrier":"Example Parcels",\
            "deliveryDay":"Friday, 27 November","trackingId":"EX-0093-2216",\
            "shopName":"Tea & Books"}\
            """;

    public static final String ACCEPT_HTML =
            "<p>Dear {{context.firstName}}, your order {{context.orderId}} over {{context.total}}"
                    + " has been shipped.</p>";

    /// 1 kB of JSON, with `%NUMBER%` where the message's number goes.
    public static final String ACCEPT_CONTEXT = acceptContext(1024);

    /// What all readers of a broadcast share.
    public static final String NEWS_CONTEXT = DELIVER_CONTEXT.replace("%NUMBER%", "1");

    private BenchContent() {}

    private static String html(int size) {
        var rows = new StringBuilder();
        String head =
                """
                <html><body style="margin:0;font-family:sans-serif"><h1>{{context.shopName}}</h1>
                <p>Dear {{context.firstName}} {{context.lastName}},</p>
                <p>your order <b>{{context.orderId}}</b> over {{context.total}} is on its way to
                {{context.street}}, {{context.city}}.</p>
                <p>{{context.carrier}} brings it on {{context.deliveryDay}}. Follow it with
                <a href="https://example.com/track">{{context.trackingId}}</a>.</p><table>
                """;
        String tail = "</table></body></html>\n";
        for (int row = 1; head.length() + rows.length() + tail.length() < size; row++) {
            rows.append("<tr><td style=\"padding:8px;border-bottom:1px solid #dddddd\">Item ")
                    .append(row)
                    .append("</td><td align=\"right\">1 × 12.99 EUR</td></tr>\n");
        }
        return head + rows + tail;
    }

    private static String acceptContext(int size) {
        String head =
                "{\"firstName\":\"Ada\",\"orderId\":\"A-%NUMBER%\",\"total\":129.9,\"items\":[";
        String tail = "]}";
        var items = new StringBuilder();
        for (int item = 0; ; item++) {
            String next =
                    "%s{\"sku\":\"EX-%05d\",\"title\":\"A book about bells\",\"quantity\":%d}"
                            .formatted(items.isEmpty() ? "" : ",", item, item % 4 + 1);
            if (head.length() + items.length() + next.length() + tail.length() > size) {
                return head + items + tail;
            }
            items.append(next);
        }
    }

    /// Puts the values where the template names them, and does nothing else.
    public static String fill(String template, Map<String, Object> context) {
        String tag = "{{context.";
        var text = new StringBuilder(template.length() + 200);
        int from = 0;
        for (int open = template.indexOf(tag); open >= 0; open = template.indexOf(tag, from)) {
            int close = template.indexOf("}}", open);
            text.append(template, from, open)
                    .append(context.get(template.substring(open + tag.length(), close)));
            from = close + 2;
        }
        return text.append(template, from, template.length()).toString();
    }
}
