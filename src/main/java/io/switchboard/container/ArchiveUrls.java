package io.switchboard.container;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.file.Path;

/**
 * Makes the URLs of a verticle's resources. They read as {@code jar:file:…/echo.jar!/path}, for
 * what goes by their text, and are answered from the version's own archive.
 */
final class ArchiveUrls extends URLStreamHandler {
  private final ClassArchive archive;
  private final String prefix;

  ArchiveUrls(ClassArchive archive, Path file) {
    this.archive = archive;
    this.prefix = file.toUri() + "!/";
  }

  /** The URL of something that the archive contains. */
  URL of(String path) {
    try {
      return new URL("jar", "", -1, prefix + path, this);
    } catch (MalformedURLException impossible) {
      throw new IllegalArgumentException(path, impossible);
    }
  }

  @Override
  protected URLConnection openConnection(URL url) {
    return new URLConnection(url) {
      @Override
      public void connect() {
        connected = true;
      }

      @Override
      public InputStream getInputStream() throws IOException {
        var text = url.getFile();
        var content = archive.open(text.substring(text.indexOf("!/") + 2));
        if (content == null) {
          throw new FileNotFoundException(text);
        }
        return content;
      }
    };
  }
}
