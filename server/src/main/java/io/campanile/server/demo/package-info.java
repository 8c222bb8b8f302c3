/// The demonstration: a campaign from its creation to the mails in an inbox.
@NullMarked
package io.campanile.server.demo;

import org.jspecify.annotations.NullMarked;
