package io.campanile.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.campanile.bench.process.Times;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/// The same mails handed to the SMTP server by a plain program: a `MimeMessage` for each mail, over
/// a kept connection of Angus for each of some threads. Nothing is stored.
final class DirectMails {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final int port;
    private final Requests requests;
    private final AtomicInteger next = new AtomicInteger();

    DirectMails(int port, Requests requests) {
        this.port = port;
        this.requests = requests;
    }

    LoadResult send(LoadJob job) throws InterruptedException, ExecutionException {
        long begin = System.nanoTime();
        long beginMicros = Times.nowMicros();
        var connections = new ArrayList<Future<Integer>>();
        // No virtual ones: where these meet at classes that are not initialized yet, they can hang.
        try (var threads = Executors.newFixedThreadPool(job.inFlight())) {
            for (int i = 0; i < job.inFlight(); i++) {
                connections.add(threads.submit(() -> send(job.messages())));
            }
        }
        long sent = 0;
        for (Future<Integer> connection : connections) {
            sent += connection.get();
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        return new LoadResult(beginMicros, seconds, sent, 0, 0, "", 0, 0, 0, 0, 0);
    }

    private int send(int mails) throws MessagingException, IOException {
        var properties = new Properties();
        properties.put("mail.smtp.host", "127.0.0.1");
        properties.put("mail.smtp.port", Integer.toString(port));
        Session session = Session.getInstance(properties);
        int sent = 0;
        try (Transport transport = session.getTransport("smtp")) {
            transport.connect();
            for (int number = next.getAndIncrement();
                    number < mails;
                    number = next.getAndIncrement()) {
                MimeMessage mail = mail(session, number);
                transport.sendMessage(mail, mail.getAllRecipients());
                sent++;
            }
        }
        return sent;
    }

    private MimeMessage mail(Session session, int number) throws MessagingException, IOException {
        Map<String, Object> values = values(number);
        var mail = new MimeMessage(session);
        mail.setFrom(new InternetAddress("shop@example.com"));
        mail.setRecipient(Message.RecipientType.TO, new InternetAddress(Requests.address(number)));
        mail.setSubject(BenchContent.fill(BenchContent.DELIVER_SUBJECT, values), "UTF-8");
        var text = new MimeBodyPart();
        text.setText(BenchContent.fill(BenchContent.DELIVER_TEXT, values), "UTF-8");
        var body = new MimeBodyPart();
        body.setText(BenchContent.fill(BenchContent.DELIVER_HTML, values), "UTF-8", "html");
        mail.setContent(new MimeMultipart("alternative", text, body));
        mail.saveChanges();
        return mail;
    }

    private Map<String, Object> values(int number) throws IOException {
        JsonNode context = JSON.readTree(requests.context(number));
        var values = new HashMap<String, Object>();
        context.properties()
                .forEach(field -> values.put(field.getKey(), field.getValue().asText()));
        return values;
    }
}
