DROP TABLE attachment_texts;
