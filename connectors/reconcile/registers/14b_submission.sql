-- Every submission with the club it speaks of, form by form. Sorted in a step of its own: behind the
-- joins the sort does not know how much is coming, and fills the memory before it uses the disk.
SELECT * FROM spoken ORDER BY form, _source, _id
