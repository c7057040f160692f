/** The sessions of browsers: the cookie that stands for a token, and the codes that open one. */
@NullMarked
package dev.pawl.http.session;

import org.jspecify.annotations.NullMarked;
