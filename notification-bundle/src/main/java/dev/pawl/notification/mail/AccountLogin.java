package dev.pawl.notification.mail;

import jakarta.mail.Authenticator;
import jakarta.mail.PasswordAuthentication;

/** Logs in with the operator's account. */
final class AccountLogin extends Authenticator {

    private final String user;
    private final String password;

    AccountLogin(String user, String password) {
        this.user = user;
        this.password = password;
    }

    @Override
    protected PasswordAuthentication getPasswordAuthentication() {
        return new PasswordAuthentication(user, password);
    }
}
