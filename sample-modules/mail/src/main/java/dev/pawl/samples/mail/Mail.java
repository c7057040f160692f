package dev.pawl.samples.mail;

import dev.pawl.api.module.ValidationException;
import dev.pawl.samples.mail.MailModule.Attachment;
import dev.pawl.samples.mail.MailModule.Inputs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A mail whose addresses and header fields are checked, and allowed by the settings.
 *
 * @param from the sender
 * @param to recipients
 * @param cc recipients of a copy
 * @param bcc recipients whom the others do not see
 * @param replyTo addresses for the answer
 * @param inputs the rest, as it was given
 */
record Mail(Mailbox from, List<Mailbox> to, List<Mailbox> cc, List<Mailbox> bcc, List<Mailbox> replyTo, Inputs inputs) {

    /** Checks the inputs. */
    static Mail of(Inputs inputs, MailSettings settings) throws ValidationException {
        SafeText.check("subject", inputs.subject());
        SafeText.checkHeaders(inputs.headers() == null ? Map.of() : inputs.headers());
        if (inputs.text() == null && inputs.html() == null && inputs.attachments() == null) {
            throw new ValidationException("The mail is empty; give at least one of text, html and attachments.");
        }
        Mail mail = new Mail(
                sender(inputs, settings),
                boxes("to", inputs.to()),
                boxes("cc", inputs.cc()),
                boxes("bcc", inputs.bcc()),
                boxes("reply_to", inputs.replyTo()),
                inputs);
        mail.checkRecipients(settings);
        return mail;
    }

    private static Mailbox sender(Inputs inputs, MailSettings settings) throws ValidationException {
        if (inputs.from() == null) {
            if (settings.from() == null) {
                throw new ValidationException(
                        "The mail has no sender; give the input from, or let an admin give the setting from of mail.");
            }
            return Mailbox.of("The setting from", settings.from());
        }
        Mailbox from = Mailbox.of("from", inputs.from());
        List<String> senders = settings.senders();
        if (senders == null) {
            senders = settings.from() == null
                    ? List.of()
                    : List.of(Mailbox.of("The setting from", settings.from()).address());
        }
        AddressRules.of("senders", senders).require("from", from);
        return from;
    }

    private static List<Mailbox> boxes(String input, @Nullable List<String> texts) throws ValidationException {
        List<Mailbox> boxes = new ArrayList<>();
        for (int n = 0; texts != null && n < texts.size(); n++) {
            boxes.add(Mailbox.of(input + "[" + n + "]", texts.get(n)));
        }
        return boxes;
    }

    private void checkRecipients(MailSettings settings) throws ValidationException {
        List<Mailbox> all = recipients();
        if (all.isEmpty()) {
            throw new ValidationException("The mail has no recipient; give at least one of to, cc and bcc.");
        }
        if (all.size() > settings.maxRecipients()) {
            throw new ValidationException("The mail has " + all.size()
                    + " recipients; the setting max_recipients of mail allows " + settings.maxRecipients() + ".");
        }
        AddressRules rules =
                AddressRules.of("recipients", Objects.requireNonNullElse(settings.recipients(), List.of()));
        requireAllowed(rules, "to", to);
        requireAllowed(rules, "cc", cc);
        requireAllowed(rules, "bcc", bcc);
    }

    private static void requireAllowed(AddressRules rules, String input, List<Mailbox> boxes)
            throws ValidationException {
        for (int n = 0; n < boxes.size(); n++) {
            rules.require(input + "[" + n + "]", boxes.get(n));
        }
    }

    /** All recipients, each of them once. */
    List<Mailbox> recipients() {
        List<Mailbox> all = new ArrayList<>();
        Stream.of(to, cc, bcc)
                .flatMap(List::stream)
                .filter(box -> all.stream().noneMatch(other -> other.address().equals(box.address())))
                .forEach(all::add);
        return all;
    }

    /** The first address that only a server with SMTPUTF8 takes; null when there is none. */
    @Nullable
    Mailbox needingUtf8() {
        return Stream.concat(Stream.of(from), recipients().stream())
                .filter(Mailbox::needsUtf8)
                .findFirst()
                .orElse(null);
    }

    /** The files to attach, as they were given. */
    List<Attachment> attachments() {
        return inputs.attachments() == null ? List.of() : inputs.attachments();
    }
}
